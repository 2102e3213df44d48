import { onScopeDispose } from 'vue'

const FIRST_MS = 1_000
const LONGEST_MS = 15_000

/** Runs `attempt` again later: after 1, 2, 4 ... 15 s, and at once when the network comes back. */
export function useRetry(attempt: () => unknown) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_MS

  function now() {
    clearTimeout(timer)
    timer = undefined
    attempt()
  }

  function later() {
    clearTimeout(timer)
    timer = setTimeout(now, wait)
    wait = Math.min(2 * wait, LONGEST_MS)
  }

  /** It went well: the next failure starts from the short wait again. */
  function settle() {
    clearTimeout(timer)
    timer = undefined
    wait = FIRST_MS
  }

  function onOnline() {
    if (timer !== undefined) now()
  }

  window.addEventListener('online', onOnline)
  onScopeDispose(() => {
    settle()
    window.removeEventListener('online', onOnline)
  })
  return { later, settle }
}
