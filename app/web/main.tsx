import { openApp } from '#platform/web/app.tsx'
import { parts } from './parts.ts'

void openApp(document.getElementById('app')!, parts)
