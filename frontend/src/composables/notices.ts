import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

const SHOWN_MS = 12_000

export interface Notice {
  text: string
  action?: { label: string; run: () => void }
}

/** A word about what was just done, with the way back; it goes by itself. */
export const useNotices = defineStore('notices', () => {
  const flash = shallowRef<Notice>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function dismiss() {
    clearTimeout(timer)
    flash.value = undefined
  }

  function show(notice: Notice) {
    dismiss()
    flash.value = notice
    timer = setTimeout(dismiss, SHOWN_MS)
  }

  return { flash, show, dismiss }
})
