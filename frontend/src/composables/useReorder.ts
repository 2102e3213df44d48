import { onScopeDispose, ref } from 'vue'

const STARTS_AFTER_PX = 5
const LONG_PRESS_MS = 250
const EDGE_PX = 36
const STEP_PX = 10

export interface Drag {
  key: string
  from: number
  to: number
  offsetPx: number
  widthPx: number
}

interface Box {
  left: number
  right: number
}

interface Press {
  key: string
  from: number
  pointerId: number
  x: number
  y: number
  scroll: number
  boxes: Box[]
  widthPx: number
}

/**
 * Drag along a row, by mouse at once and by finger after a long press (a swipe scrolls the row).
 *
 * `row` is what scrolls, `list` holds the items as its children in order. `onDrop` gets the key
 * and the new position.
 */
export function useReorder(
  row: () => HTMLElement | null,
  list: () => HTMLElement | null,
  onDrop: (key: string, position: number) => void,
) {
  const drag = ref<Drag>()
  let press: Press | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function start(event: PointerEvent, key: string, from: number) {
    if (event.button !== 0) return
    const { pointerId, clientX: x, clientY: y } = event
    press = { key, from, pointerId, x, y, scroll: row()?.scrollLeft ?? 0, ...measure(list(), from) }
    if (event.pointerType === 'touch') timer = setTimeout(lift, LONG_PRESS_MS)
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('touchmove', holdStill, { passive: false })
    window.addEventListener('keydown', onKey)
  }

  function lift() {
    if (!press) return
    const { key, from, widthPx } = press
    drag.value = { key, from, to: from, offsetPx: 0, widthPx }
  }

  function move(event: PointerEvent) {
    if (!press || event.pointerId !== press.pointerId) return
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > STARTS_AFTER_PX
    if (!drag.value) {
      if (!far) return
      if (event.pointerType === 'touch') return cancel()
      lift()
    }
    scrollAtEdge(row(), event.clientX)
    const scrolled = (row()?.scrollLeft ?? 0) - press.scroll
    follow(press, event.clientX - press.x + scrolled)
  }

  // It changes places with a neighbour once its leading edge has passed that one's middle.
  function follow({ key, from, boxes, widthPx }: Press, offsetPx: number) {
    const { left, right } = boxes[from] ?? { left: 0, right: 0 }
    const edge = (offsetPx < 0 ? left : right) + offsetPx
    const isPassed = (box: Box) => (box.left + box.right) / 2 < edge
    const to = boxes.filter((box, index) => index !== from && isPassed(box)).length
    drag.value = { key, from, to, offsetPx, widthPx }
  }

  function drop() {
    const dropped = drag.value
    cancel()
    if (!dropped) return
    // The click that ends a drag is not meant for what lies under it.
    window.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
    if (dropped.to !== dropped.from) onDrop(dropped.key, dropped.to)
  }

  function cancel() {
    clearTimeout(timer)
    press = undefined
    drag.value = undefined
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', drop)
    window.removeEventListener('pointercancel', cancel)
    window.removeEventListener('touchmove', holdStill)
    window.removeEventListener('keydown', onKey)
  }

  function holdStill(event: TouchEvent) {
    if (drag.value) event.preventDefault()
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Escape') cancel()
  }

  onScopeDispose(cancel)
  return { drag, start }
}

function swallow(event: Event) {
  event.preventDefault()
  event.stopPropagation()
}

/** Where the items are, and how much room the one at `from` takes with its gap. */
function measure(list: HTMLElement | null, from: number) {
  const boxes = [...(list?.children ?? [])].map((item) => item.getBoundingClientRect())
  const gap = boxes[0] && boxes[1] ? boxes[1].left - boxes[0].right : 0
  return {
    boxes,
    widthPx: (boxes[from]?.width ?? 0) + gap,
  }
}

function scrollAtEdge(row: HTMLElement | null, x: number) {
  if (!row) return
  const { left, right } = row.getBoundingClientRect()
  if (x < left + EDGE_PX) row.scrollLeft -= STEP_PX
  else if (x > right - EDGE_PX) row.scrollLeft += STEP_PX
}
