import { fireEvent, render, screen } from '@testing-library/vue'
import { expect, test } from 'vitest'

import { details } from '@/api/http_examples'

import StillsRow from './StillsRow.vue'

test('stills that do not come are left out, and the whole row when none comes', async () => {
  render(StillsRow, { props: { stills: details.stills, title: 'Alien' } })
  await fireEvent.error(screen.getByRole('img', { name: 'Still 1 of Alien' }))
  expect(screen.getAllByRole('img')).toHaveLength(1)
  await fireEvent.error(screen.getByRole('img'))
  expect(screen.queryByText('Stills')).not.toBeInTheDocument()
})
