import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import { tagItems } from '@/api/http_examples'
import { flaws } from '@/testing/render'

import TagList from './TagList.vue'

const tags = [tagItems.horror, tagItems.space]

describe('the tags', () => {
  test('can each be liked and refused', async () => {
    const { emitted } = render(TagList, { props: { tags } })
    await userEvent.click(screen.getByRole('button', { name: 'Like space opera' }))
    await userEvent.click(screen.getByRole('button', { name: 'Not for me: Horror' }))
    expect(emitted('opine')).toEqual([
      [tagItems.space, 'like'],
      [tagItems.horror, 'dislike'],
    ])
  })

  test('hold their place while they load', () => {
    const { container } = render(TagList, { props: { tags: undefined } })
    expect(container.querySelectorAll('.waiting > *')).toHaveLength(24)
  })

  test('keep the keyboard in its place when one leaves', async () => {
    const { rerender } = render(TagList, { props: { tags } })
    screen.getByRole('button', { name: 'Not for me: Horror' }).focus()
    await rerender({ tags: [tagItems.space] })
    expect(screen.getByRole('button', { name: 'Not for me: space opera' })).toHaveFocus()
  })

  test('have no flaw that axe can find', async () => {
    expect(await flaws(render(TagList, { props: { tags } }).container)).toEqual([])
  })
})
