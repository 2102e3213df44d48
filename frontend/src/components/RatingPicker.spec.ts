import { fireEvent, render, screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import RatingPicker from './RatingPicker.vue'

describe('the rating', () => {
  test('is put into words', async () => {
    const { rerender } = render(RatingPicker, { props: { min: null, max: null } })
    const words = () => screen.getByText(/IMDb rating/).textContent
    expect(words()).toBe('IMDb rating any')
    await rerender({ min: 7 })
    expect(words()).toBe('IMDb rating 7.0 and up')
    await rerender({ min: 7, max: 9 })
    expect(words()).toBe('IMDb rating 7.0 to 9.0')
    await rerender({ min: null, max: 5 })
    expect(words()).toBe('IMDb rating up to 5.0')
  })

  test('moves by keyboard, and asks for nothing at its ends', async () => {
    const { emitted } = render(RatingPicker, { props: { min: 0.5, max: null } })
    const lowest = screen.getByRole('slider', { name: 'Lowest IMDb rating' })
    await fireEvent.keyDown(lowest, { code: 'ArrowLeft', key: 'ArrowLeft' })
    expect(emitted('change').at(-1)).toEqual([null, null])
    await fireEvent.keyDown(lowest, { code: 'ArrowRight', key: 'ArrowRight' })
    expect(emitted('change').at(-1)).toEqual([0.5, null])
  })
})
