import userEvent from '@testing-library/user-event'
import { screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import { films } from '@/api/http_examples'
import type { Movie } from '@/api/types'
import { renderAt } from '@/testing/render'

import FilmWall from './FilmWall.vue'

const words = {
  emptyHeading: 'No film passes these filters',
  emptyText: 'Widen them.',
  emptyAction: 'Clear filters',
  opinionOf: () => undefined,
  isSaved: () => false,
}
const movies: Movie[] = [films.alien, films.heat]
const ready = (shown: Movie[]) => ({ status: 'ready' as const, data: { movies: shown } })
const titles = () => screen.queryAllByRole('heading', { level: 2 }).map((h) => h.textContent)

describe('a wall of films', () => {
  test('shows places of films while it loads for the first time', async () => {
    const { container } = await renderAt('/', FilmWall, {
      props: { ...words, state: { status: 'loading' } },
    })
    expect(screen.getByRole('status', { name: 'Loading films' })).toBeInTheDocument()
    expect(container.querySelectorAll('.skeleton')).toHaveLength(24)
  })

  test('shows the films', async () => {
    await renderAt('/', FilmWall, { props: { ...words, state: ready(movies) } })
    expect(titles()).toEqual(['Alien', 'Heat'])
  })

  test.each([{ status: 'loading' }, { status: 'failed', error: new Error('gone') }] as const)(
    'keeps the films while the next ones are $status',
    async (state) => {
      await renderAt('/', FilmWall, { props: { ...words, state: { ...state, data: { movies } } } })
      expect(titles()).toEqual(['Alien', 'Heat'])
    },
  )

  test('says that nothing matches, and offers the way out', async () => {
    const { emitted } = await renderAt('/', FilmWall, {
      props: { ...words, state: { status: 'ready', data: { movies: [] } } },
    })
    expect(titles()).toEqual(['No film passes these filters'])
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    expect(emitted('act')).toHaveLength(1)
  })

  test('says that it failed, and tries again on demand', async () => {
    const { emitted } = await renderAt('/', FilmWall, {
      props: { ...words, state: { status: 'failed', error: new Error('gone') } },
    })
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(emitted('retry')).toHaveLength(1)
  })

  test('keeps the keyboard in its place when the film under it leaves', async () => {
    const props = { ...words, state: ready(movies) }
    const { rerender } = await renderAt('/', FilmWall, { props })
    screen.getByRole('button', { name: 'Like Alien' }).focus()
    await rerender({ state: ready([films.heat, films.unknown]) })
    expect(screen.getByRole('button', { name: 'Like Heat' })).toHaveFocus()
  })
})
