import { computed, shallowRef } from 'vue'

import { isTemporary } from '@/api/client'
import { deleteSession, postEvent, postRedo, postUndo } from '@/api/marquee'
import type { Session } from '@/api/types'

import type { Command } from './commands'
import { useRetry } from './useRetry'

const STORED_AS = 'marquee.outbox'

/**
 * Clicks on their way to the server: sent one at a time in the order they were made.
 *
 * A click that cannot be delivered now stays first and is sent again later, also after a reload
 * of the page, and `heldUpBy` says why; one that the server refuses is dropped, and `refusal` says
 * why. `onAnswer` gets the session after each.
 */
export function useOutbox(onAnswer: (session: Session) => void) {
  const queue = shallowRef<Command[]>(restored())
  const heldUpBy = shallowRef<unknown>()
  const refusal = shallowRef<unknown>()
  const retry = useRetry(() => void flush())
  let isSending = false

  function keep(commands: Command[]) {
    queue.value = commands
    store(commands)
  }

  function send(command: Command) {
    refusal.value = undefined
    keep([...queue.value, command])
    void flush()
  }

  async function flush() {
    if (isSending) return
    isSending = true
    try {
      while (queue.value[0] && (await delivered(queue.value[0])));
    } finally {
      isSending = false
    }
  }

  /** Whether the queue may go on. */
  async function delivered(command: Command): Promise<boolean> {
    try {
      onAnswer(await deliver(command))
      heldUpBy.value = undefined
      retry.settle()
    } catch (error) {
      if (isTemporary(error)) {
        heldUpBy.value = error
        retry.later()
        return false
      }
      refusal.value = error
    }
    keep(queue.value.slice(1))
    return true
  }

  return {
    queue: computed(() => queue.value),
    heldUpBy: computed(() => heldUpBy.value),
    refusal: computed(() => refusal.value),
    send,
    flush,
  }
}

function deliver(command: Command): Promise<Session> {
  if (command.type === 'event') {
    const { action, subject, position } = command
    return postEvent({ action, kind: subject.kind, id: subject.id, position })
  }
  if (command.type === 'reset') return deleteSession()
  return command.type === 'undo' ? postUndo() : postRedo()
}

// One tab's own storage: two tabs must not send the same click twice.
function store(commands: Command[]) {
  try {
    if (commands.length === 0) sessionStorage.removeItem(STORED_AS)
    else sessionStorage.setItem(STORED_AS, JSON.stringify(commands))
  } catch {
    // Storage is off or full: the queue then lives as long as the page.
  }
}

function restored(): Command[] {
  try {
    const commands: unknown = JSON.parse(sessionStorage.getItem(STORED_AS) ?? '[]')
    return Array.isArray(commands) ? (commands as Command[]) : []
  } catch {
    return []
  }
}
