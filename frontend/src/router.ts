import {
  type RouteLocationNormalizedLoaded,
  type RouteRecordRaw,
  createRouter,
  createWebHistory,
} from 'vue-router'

import HomePage from './pages/HomePage.vue'

/** The details of a film lie over whatever page is open: `?film=2571`. */
export function filmOf(route: RouteLocationNormalizedLoaded): number | null {
  const id = Number(route.query.film)
  return Number.isInteger(id) && id > 0 ? id : null
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomePage },
  {
    path: '/saved',
    name: 'saved',
    component: () => import('./pages/SavedPage.vue'),
    meta: { title: 'saved.title' },
  },
  {
    path: '/search',
    name: 'search',
    component: () => import('./pages/SearchPage.vue'),
    meta: { title: 'search.title' },
  },
  {
    path: '/shared',
    name: 'shared',
    component: () => import('./pages/SharedPage.vue'),
    meta: { title: 'shared.title' },
  },
  {
    path: '/:rest(.*)*',
    name: 'lost',
    component: () => import('./pages/LostPage.vue'),
    meta: { title: 'lost.title' },
  },
]

export function createAppRouter(history = createWebHistory()) {
  return createRouter({
    history,
    routes,
    // A filter or an open film changes the address, not the place on the page.
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
}

declare module 'vue-router' {
  interface RouteMeta {
    /** The key of the page's name among the words of each language. */
    title?: string
  }
}
