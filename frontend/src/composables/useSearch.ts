import { onScopeDispose, watch } from 'vue'

import { search } from '@/api/marquee'

import { useLatest } from './useLatest'

const PAUSE_MS = 120

/** What matches the text as it is typed, asked for once the typing pauses. */
export function useSearch(text: () => string) {
  const { state, run, clear } = useLatest((signal, q: string) => search(q, signal))
  let timer: ReturnType<typeof setTimeout> | undefined

  const again = () => void run(text().trim())

  watch(text, (now) => {
    clearTimeout(timer)
    if (now.trim()) timer = setTimeout(again, PAUSE_MS)
    else clear()
  })
  onScopeDispose(() => clearTimeout(timer))
  return { state, again }
}
