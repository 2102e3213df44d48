import { fireEvent, render } from '@testing-library/vue'
import { expect, test } from 'vitest'

import { films } from '@/api/http_examples'

import FilmPoster from './FilmPoster.vue'

test('a poster that does not come leaves the title in its place', async () => {
  const { container, rerender } = render(FilmPoster, { props: { movie: films.alien } })
  const image = () => container.querySelector('img')
  expect(image()).toHaveAttribute('src', '/images/poster/1214')
  await fireEvent.error(image() as HTMLImageElement)
  expect(image()).toBeNull()
  expect(container.firstElementChild).toHaveAttribute('data-title', 'Alien')
  await rerender({ movie: films.heat })
  expect(image()).toHaveAttribute('src', '/images/poster/6')
})
