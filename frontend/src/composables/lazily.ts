import { type Component, defineAsyncComponent } from 'vue'

const AGAIN_MS = 2_000

/** A component whose code comes when it is first shown, asked for again until it has come. */
export function lazily<C extends Component>(loader: () => Promise<{ default: C }>) {
  return defineAsyncComponent({
    loader: async () => (await loader()).default,
    onError: (_error, retry) => setTimeout(retry, AGAIN_MS),
  })
}
