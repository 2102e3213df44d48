import { effectScope } from 'vue'
import { describe, expect, test, vi } from 'vitest'

import { useTheme } from './useTheme'

function system(theme: 'light' | 'dark') {
  const listeners: ((event: { matches: boolean }) => void)[] = []
  vi.stubGlobal('matchMedia', () => ({
    matches: theme === 'dark',
    addEventListener: (_: string, listener: (event: { matches: boolean }) => void) =>
      listeners.push(listener),
    removeEventListener: () => undefined,
  }))
  return (next: 'light' | 'dark') =>
    listeners.forEach((listener) => listener({ matches: next === 'dark' }))
}

const open = () => effectScope().run(useTheme)
const isDark = () => document.documentElement.classList.contains('dark')

describe('the theme', () => {
  test('is the system’s, and follows it', () => {
    const turn = system('dark')
    open()
    expect(isDark()).toBe(true)
    turn('light')
    expect(isDark()).toBe(false)
  })

  test('once chosen, is remembered and no longer follows', () => {
    const turn = system('light')
    open()?.toggle()
    expect(isDark()).toBe(true)
    turn('light')
    expect(isDark()).toBe(true)
    document.documentElement.className = ''
    open()
    expect(isDark()).toBe(true)
  })
})
