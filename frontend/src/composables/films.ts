import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'

import { getRecommendations } from '@/api/marquee'
import { type Filters, NO_FILTERS } from '@/api/types'

import { useSession } from './session'
import { useRetry } from './useRetry'
import { useWall } from './useWall'

/** The films and tags recommended to this visitor; renewed when picks or filters change. */
export const useFilms = defineStore('films', () => {
  const session = useSession()
  const filters = shallowRef<Filters>(NO_FILTERS)
  const { state, wall, renew, more, moreState, hasMore } = useWall((paging, signal) =>
    getRecommendations(filters.value, paging, signal),
  )
  const retry = useRetry(() => void renew())
  let shownVersion = session.version

  /** Shows the films that pass `next`; the same filters again change nothing. */
  function narrow(next: Filters) {
    const isNew = JSON.stringify(next) !== JSON.stringify(filters.value)
    filters.value = next
    if (isNew || state.value.status === 'idle') void renew()
  }

  watch(
    () => [session.version, session.pending] as const,
    ([version, pending]) => {
      if (pending > 0 || version === shownVersion) return
      shownVersion = version
      void renew()
    },
  )

  // A failed list, and a stand-in for one, are asked for again until the real one is there.
  watch(state, ({ status, data }) => {
    if (status === 'failed' || (status === 'ready' && data.source === 'fallback')) retry.later()
    else if (status === 'ready') retry.settle()
  })

  return { filters, state, wall, renew, more, moreState, hasMore, narrow }
})
