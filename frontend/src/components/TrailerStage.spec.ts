import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import { details } from '@/api/http_examples'

import TrailerStage from './TrailerStage.vue'

describe('the trailer', () => {
  test('asks YouTube for nothing until it is asked for', async () => {
    const { container } = render(TrailerStage, { props: { movie: details } })
    expect(container.querySelector('iframe')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Play trailer' }))
    const { host } = new URL(screen.getByTitle('Trailer of Alien').getAttribute('src') ?? '')
    expect(host).toBe('www.youtube-nocookie.com')
  })

  test('stops when another film is shown', async () => {
    const { rerender } = render(TrailerStage, { props: { movie: details } })
    await userEvent.click(screen.getByRole('button', { name: 'Play trailer' }))
    await rerender({ movie: { ...details, id: 6 } })
    expect(screen.queryByTitle('Trailer of Alien')).not.toBeInTheDocument()
  })

  test('says when there is none', () => {
    render(TrailerStage, { props: { movie: { ...details, trailer: null } } })
    expect(screen.getByText('No trailer is known')).toBeInTheDocument()
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })
})
