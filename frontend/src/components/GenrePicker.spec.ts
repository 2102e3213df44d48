import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import { tags } from '@/api/http_examples'

import GenrePicker from './GenrePicker.vue'

const ready = { status: 'ready' as const, data: tags }

describe('the genres', () => {
  test('are included or excluded, never both', async () => {
    const { emitted } = render(GenrePicker, {
      props: { state: ready, included: ['Horror'], excluded: [] },
    })
    await userEvent.click(screen.getByRole('button', { name: 'Exclude Horror' }))
    await userEvent.click(screen.getByRole('button', { name: 'Include Horror' }))
    await userEvent.click(screen.getByRole('button', { name: 'Include Comedy' }))
    expect(emitted('change')).toEqual([
      [[], ['Horror']],
      [[], []],
      [['Horror', 'Comedy'], []],
    ])
  })

  test('are genres only', () => {
    render(GenrePicker, { props: { state: ready, included: [], excluded: [] } })
    expect(screen.queryByText('space opera')).not.toBeInTheDocument()
  })

  test('say when they did not come, and try again', async () => {
    const { emitted } = render(GenrePicker, {
      props: { state: { status: 'failed', error: new Error('gone') }, included: [], excluded: [] },
    })
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(emitted('retry')).toHaveLength(1)
  })
})
