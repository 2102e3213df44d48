import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'

import { getSession } from '@/api/marquee'
import type { Action, Entry, Opinion, Session, Subject } from '@/api/types'

import { type Command, EMPTY_SESSION, applyCommand, isOf } from './commands'
import { useLatest } from './useLatest'
import { useOutbox } from './useOutbox'
import { useRetry } from './useRetry'

/** What this visitor has said: confirmed by the server, and what is still on its way there. */
export const useSession = defineStore('session', () => {
  const confirmed = shallowRef<Session>(EMPTY_SESSION)
  const past = shallowRef<Session[]>([])
  const future = shallowRef<Session[]>([])
  const loading = useLatest((signal: AbortSignal) => getSession(signal))
  const retry = useRetry(() => load())
  const outbox = useOutbox((answer) => {
    loading.stop() // an older GET must not overwrite this
    confirm(answer, true)
  })

  const current = computed(() => outbox.queue.value.reduce(applyCommand, confirmed.value))
  const opinions = computed(() => {
    const all = new Map<string, Opinion>()
    for (const { kind, id } of current.value.seen) all.set(`${kind}:${id}`, 'seen')
    for (const { kind, id, liked } of current.value.picks) {
      all.set(`${kind}:${id}`, liked ? 'like' : 'dislike')
    }
    return all
  })
  const savedIds = computed(() => new Set(current.value.saved.map((entry) => entry.id)))
  /** Counts the answers after which the server's list may be another one. */
  const version = shallowRef(0)
  let hasAnswered = false

  function confirm(answer: Session, isAnswerToClick: boolean) {
    const isOther = listKey(answer) !== listKey(confirmed.value)
    confirmed.value = answer
    if (isOther && (hasAnswered || isAnswerToClick)) version.value += 1
    hasAnswered = true
  }

  /** Asks the server what it knows; while clicks are on their way, their answers say it better. */
  async function load() {
    if (outbox.queue.value.length > 0) return outbox.flush()
    await loading.run()
    const { value } = loading.state
    if (value.status === 'ready') {
      confirm(value.data, false)
      retry.settle()
    } else if (value.status === 'failed') retry.later()
  }

  // A click that was refused was made on a session that is no longer so: look again.
  watch(outbox.refusal, (refusal) => {
    if (refusal !== undefined) void load()
  })

  const opinionOf = (subject: Pick<Subject, 'kind' | 'id'>) =>
    opinions.value.get(`${subject.kind}:${subject.id}`)
  const isSaved = (id: number) => savedIds.value.has(id)

  function event(action: Action, subject: Subject, position?: number) {
    past.value = [...past.value, current.value]
    future.value = []
    outbox.send({ type: 'event', action, subject, position })
  }

  /** A second press of the same button takes the opinion back. */
  function toggle(action: Opinion, subject: Subject) {
    event(opinionOf(subject) === action ? 'clear' : action, subject)
  }

  function toggleSaved(subject: Subject) {
    event(isSaved(subject.id) ? 'unsave' : 'save', subject)
  }

  function move(subject: Subject, position: number) {
    const picks = current.value.picks
    const from = picks.findIndex(isOf(subject))
    const to = Math.max(0, Math.min(position, picks.length - 1))
    if (from >= 0 && from !== to) event('move', subject, to)
  }

  function undo() {
    const expected = past.value.at(-1)
    future.value = [...future.value, current.value]
    past.value = past.value.slice(0, -1)
    outbox.send({ type: 'undo', expected: expected && { ...expected, can_redo: true } })
  }

  function redo() {
    const expected = future.value.at(-1)
    past.value = [...past.value, current.value]
    future.value = future.value.slice(0, -1)
    outbox.send({ type: 'redo', expected: expected && { ...expected, can_undo: true } })
  }

  /** Forgets everything; gives back the commands that would bring it back. */
  function startOver(): Command[] {
    const before = current.value
    past.value = []
    future.value = []
    outbox.send({ type: 'reset' })
    return commandsFor(before)
  }

  return {
    current,
    version,
    loading: loading.state,
    pending: computed(() => outbox.queue.value.length),
    heldUpBy: outbox.heldUpBy,
    refusal: outbox.refusal,
    load,
    opinionOf,
    isSaved,
    event,
    toggle,
    toggleSaved,
    move,
    undo,
    redo,
    startOver,
    sendAll: (commands: Command[]) => commands.forEach(outbox.send),
  }
})

/** The events that lead from nothing to `session`. */
export function commandsFor(session: Pick<Session, 'picks' | 'seen' | 'saved'>): Command[] {
  const say = (action: Action, subject: Entry): Command => ({ type: 'event', action, subject })
  return [
    ...session.seen.map((entry) => say('seen', entry)),
    ...session.picks.map((pick) => say(pick.liked ? 'like' : 'dislike', pick)),
    ...session.saved.map((entry) => say('save', entry)),
  ]
}

function listKey({ picks, seen }: Session): string {
  return JSON.stringify([picks.map((p) => [p.kind, p.id, p.liked]), seen.map((s) => s.id)])
}
