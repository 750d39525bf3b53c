// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace understudy::test {

/// A mock file for formats that are written as requests: rules that a request can say, and others.
inline constexpr const char *kAskedMock = R"(understudy: 1
name: Shop
listen: {port: 4000}
base: /v1
endpoints:
- method: GET
  name: One
  description: "First.\nSecond."
  path: /users/{id}/{day:\d{4}-\d\d-\d\d}/f-{n}.json
  responses:
  - when:
      all:
      - path.id: {equals: a/b}
      - query.q: {equals: "it's & that"}
      - header.X-A: {equals: b}
      - cookie.c: {equals: d}
      - header.Y: {contains: z}
    status: 200
  - when: {query.q: {equals: r}}
    status: 201
- method: [POST, HEAD]
  path: /a b/
  responses:
  - when: {body: {json: {a: [1]}}}
    status: 200
- method: POST
  path: /form
  responses:
  - when: {form.a: {equals: "b c"}}
    status: 200
- method: POST
  path: /text
  responses:
  - when: {body: {equals: "###\n{{x}}"}}
    status: 200
- method: GET
  path: "regex: /x.*"
  responses: [{status: 200}]
- method: GET
  path: /off
  enabled: false
  responses: [{status: 200}]
)";

} // namespace understudy::test
