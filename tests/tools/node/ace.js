// ace.js FOLDER FILE.epub...: FOLDER/NAME/report.json for each, by Ace in a headless Chromium.
'use strict';
const path = require('path');
process.env.PUPPETEER_EXECUTABLE_PATH = process.env.PUPPETEER_EXECUTABLE_PATH || '/usr/bin/chromium';
const base = path.join(process.env.NODE_FOLDER, 'node_modules');
const ace = require(path.join(base, '@daisy/ace-core')), runner = require(path.join(base, '@daisy/ace-axe-runner-puppeteer'));

(async () => {
	const [folder, ...files] = process.argv.slice(2);
	for (const file of files) {
		const outdir = path.join(folder, path.basename(file, '.epub'));
		await ace(file, { cwd: process.cwd(), outdir, silent: true, initLogger: true, fileName: 'ace.log', verbose: false }, runner);
	}
	process.exit(0);
})().catch(e => {
	console.error(e && e.stack ? e.stack : e);
	process.exit(1);
});
