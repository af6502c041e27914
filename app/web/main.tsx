import { openApp } from '#platform/web/app.tsx'
import { parts } from './parts.ts'

openApp(document.getElementById('app')!, parts)
