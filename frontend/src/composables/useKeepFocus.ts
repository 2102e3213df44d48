import { onBeforeUpdate, onUpdated } from 'vue'

/**
 * Keeps the keyboard where it was when a list changes under it.
 *
 * Items carry `data-key`, their buttons `data-action`. When the focused item moves, focus goes
 * with it; when it leaves, focus goes to the same button of the item now in its place.
 */
export function useKeepFocus(list: () => HTMLElement | null, keys: () => string[]) {
  let held: { key: string; index: number; action: string } | undefined

  onBeforeUpdate(() => {
    const focused = document.activeElement
    const item = focused?.closest<HTMLElement>('[data-key]')
    held = undefined
    if (!focused || !item || !list()?.contains(item)) return
    const key = item.dataset.key ?? ''
    const action = focused.getAttribute('data-action') ?? ''
    held = { key, index: placeOf(item), action }
  })

  onUpdated(() => {
    const all = keys()
    if (!held || all.length === 0) return
    const { key, index, action } = held
    const stays = all.includes(key)
    const focused = document.activeElement?.closest<HTMLElement>('[data-key]')
    if (stays && focused?.dataset.key === key) return
    const heir = stays ? key : all[Math.min(index, all.length - 1)]
    const item = list()?.querySelector(`[data-key="${heir}"]`)
    const button =
      item?.querySelector<HTMLElement>(`[data-action="${action}"]:not(:disabled)`) ??
      item?.querySelector<HTMLElement>('button:not(:disabled), a')
    button?.focus({ preventScroll: true })
  })
}

function placeOf(item: HTMLElement): number {
  return item.parentElement ? [...item.parentElement.children].indexOf(item) : 0
}
