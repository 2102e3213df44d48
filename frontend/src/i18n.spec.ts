import userEvent from '@testing-library/user-event'
import { screen } from '@testing-library/vue'
import { expect, test, vi } from 'vitest'

import { emptySession, recommendations } from '@/api/http_examples'
import App from '@/App.vue'
import { renderAt } from '@/testing/render'
import { serve } from '@/testing/server'

import { preferredLanguage } from './composables/useLanguage'
import { russianForm } from './i18n'

vi.mock('./locales/russian', () => {
  throw new Error('no connection')
})

test('a language whose words do not come changes nothing, and that is said', async () => {
  serve({
    'GET /session': { json: emptySession },
    'GET /recommendations': { json: recommendations },
  })
  await renderAt('/', App)
  await userEvent.click(await screen.findByRole('button', { name: 'Русский' }))
  await screen.findByText('That language did not come. Try again in a moment.')
  expect(screen.getByRole('button', { name: 'English' })).toHaveAttribute('aria-pressed', 'true')
  expect(document.documentElement).toHaveAttribute('lang', 'en')
  expect(preferredLanguage()).toBe('en')
})

test('a fraction takes the form of a few: 2,5 фильма', () => {
  expect(russianForm(2.5)).toBe(russianForm(2))
})
