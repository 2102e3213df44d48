/**
 * Fetches what is opened later while the browser is idle: it then opens at once, and also when
 * the server has gone meanwhile. What does not come now is asked for when it is needed.
 */
export function fetchAhead() {
  const whenIdle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2_000))
  whenIdle(() => {
    void Promise.allSettled([
      import('@/pages/FilmDrawer.vue'),
      import('@/components/FilterPanel.vue'),
      import('@/components/ShareDialog.vue'),
      import('@/pages/SavedPage.vue'),
      import('@/pages/SearchPage.vue'),
    ])
  })
}
