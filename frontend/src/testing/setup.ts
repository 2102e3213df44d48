import '@testing-library/jest-dom/vitest'

import { cleanup, configure } from '@testing-library/vue'
import { config } from '@vue/test-utils'
import { afterEach, beforeEach, vi } from 'vitest'

import { createAppI18n } from '@/i18n'

// Specs are about what a visitor meets, transitions too. A busy machine may take its time; a
// failure prints its reason and not the whole page.
config.global.stubs = { transition: false, 'transition-group': false }
configure({
  asyncUtilTimeout: 8_000,
  getElementError: (message) => new Error(message?.split('\n')[0]),
})

// Everything speaks English unless a spec changes it; a key without words fails the spec.
const i18n = createAppI18n()
config.global.plugins = [i18n]
i18n.global.setMissingHandler((language, key) => {
  throw new Error(`${language} has no words for ${key}`)
})

beforeEach(() => {
  if (typeof window === 'undefined') return // a spec of a tool, not of the page
  i18n.global.locale.value = 'en'
  sessionStorage.clear()
  localStorage.clear()
  document.documentElement.className = ''
  document.documentElement.lang = 'en'
  // jsdom lays nothing out: it has no media queries, no fonts, nothing to draw on and nothing to scroll.
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: media.includes('width'), // a wide, light screen
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  HTMLCanvasElement.prototype.getContext = () => null
  Object.defineProperty(document, 'fonts', {
    value: { load: async () => [] },
    configurable: true,
  })
  Element.prototype.scrollTo = () => undefined
  vi.stubGlobal('scrollTo', () => undefined)
})

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})
