import userEvent from '@testing-library/user-event'
import { fireEvent, render, screen, within } from '@testing-library/vue'
import { describe, expect, test, vi } from 'vitest'

import { films, session } from '@/api/http_examples'
import type { Entry } from '@/api/types'
import { flaws } from '@/testing/render'

import MarqueeBoard from './MarqueeBoard.vue'

const heat: Entry = { ...films.heat, kind: 'movie', liked: true }
const [alien, horror] = session.picks as [Entry, Entry]
const picks = [alien, horror, heat]
const show = (shown = picks) =>
  render(MarqueeBoard, { props: { picks: shown, isBusy: false, isLoading: false } })
const button = (name: string) => screen.getByRole('button', { name })

describe('the sign', () => {
  test('says what to do while there are no picks', () => {
    show([])
    expect(screen.getByText('Like a film or two.')).toBeInTheDocument()
    expect(screen.queryByRole('listitem')).not.toBeInTheDocument()
  })

  test('says nothing yet while the picks are on their way', () => {
    render(MarqueeBoard, { props: { picks: [], isBusy: false, isLoading: true } })
    expect(screen.queryByText('Like a film or two.')).not.toBeInTheDocument()
  })

  test('shows picks in their order and says which are not wanted', () => {
    show()
    const words = screen.getAllByRole('listitem').map((item) => item.querySelector('.letters'))
    expect(words.map((one) => one?.textContent)).toEqual(['Alien', 'NotHorror', 'Heat'])
  })

  test('reorders by buttons, which end where the row ends', async () => {
    const { emitted } = show()
    await userEvent.click(button('Move Heat left'))
    await userEvent.click(button('Move Alien right'))
    expect(emitted('move')).toEqual([
      [heat, 1],
      [alien, 1],
    ])
    expect(button('Move Alien left')).toBeDisabled()
    expect(button('Move Heat right')).toBeDisabled()
  })

  test('reorders by arrow keys, Home and End, and removes by Delete', async () => {
    const { emitted } = show()
    button('Change Horror to like').focus()
    await userEvent.keyboard('{ArrowLeft}{ArrowRight}{Home}{End}{Delete}')
    expect(emitted('move')).toEqual([
      [horror, 0],
      [horror, 2],
      [horror, 0],
      [horror, 2],
    ])
    expect(emitted('remove')).toEqual([[horror]])
  })

  test('turns a pick round and takes it off', async () => {
    const { emitted } = show()
    await userEvent.click(button('Change Alien to not for me'))
    await userEvent.click(button('Remove Heat'))
    expect(emitted('flip')).toEqual([[alien]])
    expect(emitted('remove')).toEqual([[heat]])
  })

  test('opens a film and not a tag', async () => {
    const { emitted } = show()
    await userEvent.click(button('Details of Alien'))
    expect(emitted('open')).toEqual([[alien]])
    expect(screen.queryByRole('button', { name: 'Details of Horror' })).not.toBeInTheDocument()
  })

  test('keeps the keyboard on a pick that moves', async () => {
    const { rerender } = show()
    button('Move Heat left').focus()
    await rerender({ picks: [heat, alien, horror] })
    expect(within(screen.getAllByRole('listitem')[0] as HTMLElement).getByRole('button', {
      name: 'Move Heat right',
    })).toBeEnabled()
    expect(document.activeElement?.closest('li')).toBe(screen.getAllByRole('listitem')[0])
  })

  test('has no flaw that axe can find', async () => {
    expect(await flaws(show().container)).toEqual([])
  })
})

describe('dragging on the sign', () => {
  /** Lays the picks out 100 px wide, side by side, as jsdom does not. */
  function layOut() {
    function box(this: Element) {
      const place = [...(this.parentElement?.children ?? [])].indexOf(this)
      return new DOMRect(this.tagName === 'LI' ? 100 * place : 0, 0, 100, 92)
    }
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(box)
  }

  async function drag(name: string, toX: number, pointerType = 'mouse') {
    const letters = screen.getByText(name)
    await fireEvent.pointerDown(letters, { button: 0, clientX: 250, clientY: 20, pointerType })
    await fireEvent.pointerMove(window, { clientX: 240, clientY: 20, pointerType })
    await fireEvent.pointerMove(window, { clientX: toX, clientY: 20, pointerType })
  }

  test('drops a pick where its edge has passed its neighbours’ middles', async () => {
    layOut()
    const { emitted } = show()
    await drag('Heat', 30) // 220 px to the left: its left edge is at -20, left of both middles
    await fireEvent.pointerUp(window)
    expect(emitted('move')).toEqual([[heat, 0]])
  })

  test('moves nothing when it is let go near its place, or given up', async () => {
    layOut()
    const { emitted } = show()
    await drag('Heat', 220)
    await fireEvent.pointerUp(window)
    await drag('Heat', 30)
    await fireEvent.keyDown(window, { key: 'Escape' })
    await fireEvent.pointerUp(window)
    expect(emitted('move')).toBeUndefined()
  })

  test('a swipe of the finger scrolls, a long press lifts', async () => {
    vi.useFakeTimers()
    layOut()
    const { emitted } = show()
    await drag('Heat', 30, 'touch')
    await fireEvent.pointerUp(window)
    expect(emitted('move')).toBeUndefined()

    const letters = screen.getByText('Heat')
    const touch = { clientY: 20, pointerType: 'touch' }
    await fireEvent.pointerDown(letters, { button: 0, clientX: 250, ...touch })
    await vi.advanceTimersByTimeAsync(300)
    await fireEvent.pointerMove(window, { clientX: 30, ...touch })
    await fireEvent.pointerUp(window)
    expect(emitted('move')).toEqual([[heat, 0]])
  })
})
