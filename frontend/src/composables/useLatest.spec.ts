import { effectScope } from 'vue'
import { describe, expect, test } from 'vitest'

import { useLatest } from './useLatest'

/** Loads that answer when told to, by name. */
function loads() {
  const answers = new Map<string, (value: string) => void>()
  const failures = new Map<string, (error: Error) => void>()
  const signals: AbortSignal[] = []
  const load = (signal: AbortSignal, name: string) => {
    signals.push(signal)
    return new Promise<string>((resolve, reject) => {
      answers.set(name, resolve)
      failures.set(name, reject)
    })
  }
  return { load, answers, failures, signals }
}

function inScope<T>(make: () => T): T {
  const made = effectScope().run(make)
  if (made === undefined) throw new Error('the scope has ended')
  return made
}

describe('useLatest', () => {
  test('an older answer never overwrites a newer one', async () => {
    const { load, answers } = loads()
    const { state, run } = inScope(() => useLatest(load))
    const first = run('he')
    const second = run('heat')
    answers.get('heat')?.('Heat')
    await second
    answers.get('he')?.('Her')
    await first
    expect(state.value).toEqual({ status: 'ready', data: 'Heat' })
  })

  test('keeps what was shown while loading and after a failure', async () => {
    const { load, answers, failures } = loads()
    const { state, run } = inScope(() => useLatest(load))
    const first = run('a')
    answers.get('a')?.('A')
    await first
    const second = run('b')
    expect(state.value).toEqual({ status: 'loading', data: 'A' })
    failures.get('b')?.(new Error('gone'))
    await second
    expect(state.value).toEqual({ status: 'failed', error: new Error('gone'), data: 'A' })
  })

  test('leaving the page aborts', () => {
    const { load, signals } = loads()
    const scope = effectScope()
    scope.run(() => void useLatest(load).run('a'))
    scope.stop()
    expect(signals[0]?.aborted).toBe(true)
  })
})
