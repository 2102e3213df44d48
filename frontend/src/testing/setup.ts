import '@testing-library/jest-dom/vitest'

import { cleanup } from '@testing-library/vue'
import { afterEach, beforeEach, vi } from 'vitest'

beforeEach(() => {
  if (typeof window === 'undefined') return // a spec of a tool, not of the page
  sessionStorage.clear()
  localStorage.clear()
  document.documentElement.className = ''
  // jsdom lays nothing out: it has no media queries and nothing to scroll.
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  Element.prototype.scrollTo = () => undefined
})

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})
