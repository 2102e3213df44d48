import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What a screen reader is told of changes that others can see. */
export const useAnnouncer = defineStore('announcer', () => {
  const text = ref('')
  return { text, say: (next: string) => (text.value = next) }
})
