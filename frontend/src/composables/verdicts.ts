import type { Movie, Opinion, Subject } from '@/api/types'

import { useAnnouncer } from './announcer'
import { movieSubject } from './commands'
import { useSession } from './session'
import { useWords } from './useWords'

const SAID: Record<Opinion, string> = {
  like: 'said.like',
  dislike: 'said.dislike',
  seen: 'said.seen',
}

/** What a page needs to show and change the visitor's opinions, said aloud as they change. */
export function useVerdicts() {
  const session = useSession()
  const announcer = useAnnouncer()
  const { t, labelOf } = useWords()

  function opine(subject: Subject, opinion: Opinion) {
    const isTakenBack = session.opinionOf(subject) === opinion
    session.toggle(opinion, subject)
    announcer.say(t(isTakenBack ? 'said.takenBack' : SAID[opinion], { name: labelOf(subject) }))
  }

  function save(movie: Movie) {
    const said = session.isSaved(movie.id) ? 'said.unsaved' : 'said.saved'
    announcer.say(t(said, { name: movie.title }))
    session.toggleSaved(movieSubject(movie))
  }

  return {
    opine,
    opineOn: (movie: Movie, opinion: Opinion) => opine(movieSubject(movie), opinion),
    save,
    opinionOf: (movie: Movie) => session.opinionOf({ kind: 'movie', id: movie.id }),
    isSaved: (movie: Movie) => session.isSaved(movie.id),
  }
}
