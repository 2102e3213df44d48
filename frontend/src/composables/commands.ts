/** What a visitor can say, and what the session will look like once the server has heard it. */
import type { Action, Entry, Movie, Session, Subject, Tag } from '@/api/types'

export interface EventCommand {
  type: 'event'
  action: Action
  subject: Subject
  position?: number
}

/** `expected`: the session that an undo or redo should lead to, where this tab has seen it. */
export type Command =
  | EventCommand
  | { type: 'undo' | 'redo'; expected?: Session }
  | { type: 'reset' }

export const EMPTY_SESSION: Session = {
  picks: [],
  liked: [],
  disliked: [],
  seen: [],
  saved: [],
  can_undo: false,
  can_redo: false,
}

/** The session after `command`, as the server folds it: the newest verdict, in its old place. */
export function applyCommand(session: Session, command: Command): Session {
  if (command.type === 'reset') return EMPTY_SESSION
  if (command.type === 'event') return applyEvent(session, command)
  return command.expected ?? session
}

type Key = Pick<Subject, 'kind' | 'id'>

export const isOf = (subject: Key) => (other: Key) =>
  other.kind === subject.kind && other.id === subject.id

function applyEvent(session: Session, event: EventCommand): Session {
  const picks = picksAfter(session.picks, event)
  return {
    picks,
    liked: picks.filter((pick) => pick.liked),
    disliked: picks.filter((pick) => !pick.liked),
    seen: filmsAfter(session.seen, event, 'seen', ['like', 'dislike', 'clear']),
    saved: filmsAfter(session.saved, event, 'save', ['unsave']),
    can_undo: true,
    can_redo: false,
  }
}

/** A list of films that `adds` puts the film in, the newest last, and `removes` takes it out of. */
function filmsAfter(
  films: Session['seen'],
  { action, subject }: EventCommand,
  adds: Action,
  removes: Action[],
) {
  if (subject.kind !== 'movie') return films
  const isIn = films.some(isOf(subject))
  if (action === adds && !isIn) return [...films, { ...subject, liked: null }]
  return removes.includes(action) ? without(films, isOf(subject)) : films
}

function picksAfter(picks: Entry[], { action, subject, position }: EventCommand): Entry[] {
  const same = isOf(subject)
  if (action === 'clear' || action === 'seen') return without(picks, same)
  if (action === 'save' || action === 'unsave') return picks
  const old = picks.find(same)
  const pick = action === 'move' ? old : { ...subject, liked: action === 'like' }
  if (!pick) return picks
  const place = position ?? (old ? picks.indexOf(old) : picks.length)
  return without(picks, same).toSpliced(place, 0, pick)
}

const without = <T extends Entry>(entries: T[], same: (entry: Entry) => boolean) =>
  entries.filter((entry) => !same(entry))

export const movieSubject = (movie: Movie): Subject => ({ ...movie, kind: 'movie' })

export const tagSubject = ({ id, name, kind }: Tag): Subject => ({
  kind: 'tag',
  id,
  name,
  tag_kind: kind,
})

export const nameOf = (subject: Subject): string =>
  subject.kind === 'movie' ? subject.title : subject.name
