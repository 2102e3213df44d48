import { computed, shallowRef } from 'vue'

import type { Paging, Recommendations } from '@/api/types'

import { useLatest } from './useLatest'

export const PAGE = 24
const MOST_PER_CALL = 96

export type LoadPage = (paging: Paging, signal: AbortSignal) => Promise<Recommendations>

/**
 * A wall of films that grows by pages and is renewed as a whole. The tags of a new page come before
 * those of the pages above it, for they lead on from where the visitor is.
 *
 * While a renewal is under way, or after it failed, the old films stay. A renewal brings as many
 * films as were shown, so that the page keeps its length.
 */
export function useWall(loadPage: LoadPage) {
  const first = useLatest((signal, shown: number) => loadFirst(loadPage, shown, signal))
  const next = useLatest(async (signal) => {
    const shown = wall.value?.movies.length ?? 0
    return loadPage({ limit: PAGE, offset: shown }, signal)
  })
  const isComplete = shallowRef(false)
  const wall = computed(() => first.state.value.data)

  async function renew() {
    next.stop()
    await first.run(Math.max(PAGE, wall.value?.movies.length ?? 0))
    if (first.state.value.status === 'ready') isComplete.value = false
  }

  async function more() {
    if (first.state.value.status === 'loading') return
    await next.run()
    const { status, data } = next.state.value
    if (status !== 'ready' || !wall.value) return
    const movies = unique([...wall.value.movies, ...data.movies])
    isComplete.value = movies.length === wall.value.movies.length
    const tags = unique([...data.tags, ...wall.value.tags])
    first.state.value = { status: 'ready', data: { ...wall.value, movies, tags } }
  }

  const hasMore = computed(
    () => !!wall.value && !isComplete.value && wall.value.movies.length < wall.value.matching,
  )
  return { state: first.state, wall, renew, more, moreState: next.state, hasMore }
}

async function loadFirst(loadPage: LoadPage, shown: number, signal: AbortSignal) {
  const calls = Math.ceil(shown / MOST_PER_CALL)
  const offsets = Array.from({ length: calls }, (_, n) => n * MOST_PER_CALL)
  const pages = await Promise.all(
    offsets.map((offset) =>
      loadPage({ offset, limit: Math.min(MOST_PER_CALL, shown - offset) }, signal),
    ),
  )
  const [head] = pages
  if (!head) throw new Error('a wall is loaded by at least one page')
  return { ...head, movies: unique(pages.flatMap((page) => page.movies)) }
}

/** Pages can overlap when the session changes between them; `:key` allows each film or tag once. */
function unique<T extends { id: number }>(items: T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}
