#!/usr/bin/env node
/** The medpay command. Works from a system Node of 20 on and before anything is installed; the command itself is cli/medpay.ts. */
import { ensureInstalled, runUnderPinnedNode } from '../tools/bootstrap.mjs'

ensureInstalled()
runUnderPinnedNode('cli/medpay.ts', process.argv.slice(2))
