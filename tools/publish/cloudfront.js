// A CloudFront function for viewer requests: a page has one address, which ends in a slash. S3 knows files alone.
function handler(event) {
  var request = event.request
  var uri = request.uri
  if (uri.endsWith('/index.html')) return moved(uri.slice(0, -'index.html'.length))
  if (uri.endsWith('/')) request.uri = uri + 'index.html'
  else if (!uri.slice(uri.lastIndexOf('/')).includes('.')) return moved(uri + '/')
  return request
}

// An address that begins with two strokes, of either kind, would be another host's.
function moved(address) {
  var here = address.replace(/^[\/\\]+/, '/')
  return { statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: here } } }
}
