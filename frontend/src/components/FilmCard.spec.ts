import userEvent from '@testing-library/user-event'
import { screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import { films } from '@/api/http_examples'
import { flaws, renderAt } from '@/testing/render'

import FilmCard from './FilmCard.vue'

const props = { movie: films.alien, opinion: undefined, isSaved: false, isFirst: true }

describe('a film’s card', () => {
  test('names its buttons by what they do and to what', async () => {
    await renderAt('/', FilmCard, { props })
    const names = screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))
    expect(names).toEqual(['Save Alien', 'Seen Alien', 'Like Alien', 'Not for me: Alien'])
  })

  test('says what is known and nothing that is not', async () => {
    const { rerender } = await renderAt('/', FilmCard, { props })
    expect(screen.getByText('1979 · 1 h 57 min')).toBeInTheDocument()
    expect(screen.getByText('8.5')).toBeInTheDocument()
    await rerender({ movie: films.unknown })
    expect(screen.getByText('Year unknown')).toBeInTheDocument()
    expect(screen.queryByText('IMDb rating')).not.toBeInTheDocument()
  })

  test.each([
    ['like', 'Like Alien'],
    ['dislike', 'Not for me: Alien'],
    ['seen', 'Seen Alien'],
  ] as const)('shows the opinion %s as pressed, and only that', async (opinion, name) => {
    await renderAt('/', FilmCard, { props: { ...props, opinion } })
    const pressed = screen.getAllByRole('button', { pressed: true })
    expect(pressed).toEqual([screen.getByRole('button', { name })])
  })

  test('tells what was pressed', async () => {
    const { emitted } = await renderAt('/', FilmCard, { props })
    for (const name of ['Like Alien', 'Not for me: Alien', 'Seen Alien', 'Save Alien']) {
      await userEvent.click(screen.getByRole('button', { name }))
    }
    expect(emitted('opine')).toEqual([['like'], ['dislike'], ['seen']])
    expect(emitted('save')).toEqual([[]])
  })

  test('leads to the details and keeps the filters in the address', async () => {
    await renderAt('/?decade=1970', FilmCard, { props })
    const link = screen.getByRole('link', { name: 'Details of Alien' })
    expect(link).toHaveAttribute('href', '/?decade=1970&film=1214')
  })

  test('has no flaw that axe can find', async () => {
    const { container } = await renderAt('/', FilmCard, { props })
    expect(await flaws(container)).toEqual([])
  })
})
