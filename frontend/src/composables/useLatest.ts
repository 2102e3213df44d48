import { onScopeDispose, shallowRef } from 'vue'

import { isAbort } from '@/api/client'

/** Where an async area stands. What was shown stays in `data` until its successor is there. */
export type Loading<T> =
  | { status: 'idle'; data?: undefined }
  | { status: 'loading'; data?: T }
  | { status: 'ready'; data: T }
  | { status: 'failed'; error: unknown; data?: T }

/** Runs `load` so that the newest call wins; leaving the scope, or `stop`, aborts it. */
export function useLatest<A extends unknown[], T>(
  load: (signal: AbortSignal, ...args: A) => Promise<T>,
) {
  const state = shallowRef<Loading<T>>({ status: 'idle' })
  let newest: AbortController | undefined

  async function run(...args: A): Promise<void> {
    newest?.abort()
    const mine = (newest = new AbortController())
    const settle = (next: Loading<T>) => {
      if (mine === newest) state.value = next
    }

    settle({ status: 'loading', data: state.value.data })
    try {
      settle({ status: 'ready', data: await load(mine.signal, ...args) })
    } catch (error) {
      if (!isAbort(error)) settle({ status: 'failed', error, data: state.value.data })
    }
  }

  function stop() {
    newest?.abort()
    newest = undefined
    if (state.value.status === 'loading') state.value = rested(state.value.data)
  }

  /** Forgets what was loaded. */
  function clear() {
    stop()
    state.value = { status: 'idle' }
  }

  onScopeDispose(stop)
  return { state, run, stop, clear }
}

function rested<T>(data: T | undefined): Loading<T> {
  return data === undefined ? { status: 'idle' } : { status: 'ready', data }
}
