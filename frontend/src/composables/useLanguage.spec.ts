import userEvent from '@testing-library/user-event'
import { screen, waitFor } from '@testing-library/vue'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { emptySession, films, recommendations, session, tags } from '@/api/http_examples'
import App from '@/App.vue'
import { flaws, renderAt } from '@/testing/render'
import { serve } from '@/testing/server'

import { preferredLanguage } from './useLanguage'

const browserReads = (...languages: string[]) =>
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
const button = (name: string) => screen.findByRole('button', { name })

describe('the language of a first visit', () => {
  test.each([
    [['ru-RU', 'en'], 'ru'],
    [['de-DE', 'ru', 'en'], 'ru'],
    [['en-GB', 'ru'], 'en'],
    [['de', 'fr'], 'en'],
    [['constructor'], 'en'],
    [[], 'en'],
  ])('is the first of %j that we have: %s', (languages, language) => {
    browserReads(...languages)
    expect(preferredLanguage()).toBe(language)
  })

  test('gives way to the one that was chosen, if it is one of ours', () => {
    browserReads('ru')
    localStorage.setItem('marquee.language', 'en')
    expect(preferredLanguage()).toBe('en')
    localStorage.setItem('marquee.language', 'xx')
    expect(preferredLanguage()).toBe('ru')
  })
})

describe('the page in Russian', () => {
  beforeEach(() => {
    serve({
      'GET /session': { json: { ...emptySession, picks: session.picks } },
      'GET /recommendations': { json: { ...recommendations, matching: 1_312 } },
      'GET /tags': { json: tags },
    })
  })

  test('is a click away, and remembered', async () => {
    await renderAt('/', App)
    await userEvent.click(await button('Русский'))
    expect(await button(`Моё: ${films.alien.title}`)).toBeInTheDocument()
    expect(await button('Русский')).toHaveAttribute('aria-pressed', 'true')
    expect(document.documentElement).toHaveAttribute('lang', 'ru')
    expect(document.title).toBe('Marquee: фильмы, которые идут за вашим вкусом')
    expect(preferredLanguage()).toBe('ru')

    await userEvent.click(await button('English'))
    expect(await button(`Like ${films.alien.title}`)).toBeInTheDocument()
    expect(document.documentElement).toHaveAttribute('lang', 'en')
    expect(document.title).toBe('Marquee: films that follow your taste')
    expect(preferredLanguage()).toBe('en')
  })

  test('speaks it everywhere: counts, genres on the sign and in the list, Element Plus', async () => {
    await renderAt('/', App)
    await userEvent.click(await button('Русский'))
    await screen.findByText('1 312 фильмов')
    expect(await button('Убрать: Ужасы')).toBeInTheDocument()
    expect(await button('Не моё: space opera')).toBeInTheDocument()
    await userEvent.click(await button('Фильтры'))
    await screen.findByRole('button', { name: 'Да: Комедия' })
    expect(await button('Закрыть')).toBeInTheDocument()
  })

  test('names the document after the page that is open', async () => {
    const { router } = await renderAt('/saved', App)
    expect(document.title).toBe('Saved · Marquee')
    await userEvent.click(await button('Русский'))
    await waitFor(() => expect(document.title).toBe('Закладки · Marquee'))
    await router.push('/nowhere')
    await waitFor(() => expect(document.title).toBe('Нет такой страницы · Marquee'))
  })

  test('has no flaw that axe can find', async () => {
    const { container } = await renderAt('/', App)
    await userEvent.click(await button('Русский'))
    await button(`Моё: ${films.alien.title}`)
    expect(await flaws(container)).toEqual([])
  })
})
