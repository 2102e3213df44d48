import type { Movie, Opinion, Subject } from '@/api/types'

import { useAnnouncer } from './announcer'
import { movieSubject, nameOf } from './commands'
import { useSession } from './session'

const SAID: Record<Opinion, string> = { like: 'Liked', dislike: 'Not for you', seen: 'Seen' }

/** What a page needs to show and change the visitor's opinions, said aloud as they change. */
export function useVerdicts() {
  const session = useSession()
  const announcer = useAnnouncer()

  function opine(subject: Subject, opinion: Opinion) {
    const isTakenBack = session.opinionOf(subject) === opinion
    session.toggle(opinion, subject)
    announcer.say(`${isTakenBack ? 'Taken back' : SAID[opinion]}: ${nameOf(subject)}`)
  }

  function save(movie: Movie) {
    announcer.say(`${session.isSaved(movie.id) ? 'No longer saved' : 'Saved'}: ${movie.title}`)
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
