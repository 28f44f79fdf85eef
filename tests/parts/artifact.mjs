// The official client of artifacts, as a command:
//   upload NAME ROOT FILE...   prints what the client returns, as JSON
//   list
//   download ID FOLDER
import { DefaultArtifactClient } from '@actions/artifact'

const [what, ...given] = process.argv.slice(2)
const client = new DefaultArtifactClient()
const does = {
  upload: (name, root, ...files) => client.uploadArtifact(name, files, root, { retentionDays: 3 }),
  list: () => client.listArtifacts(),
  download: (id, path) => client.downloadArtifact(Number(id), { path }),
}
console.log(`answer: ${JSON.stringify(await does[what](...given))}`)
