// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace understudy::formats::httpfile {

/// Everything that REST Client and JetBrains write.
inline constexpr std::string_view kShop = R"(# The shop
@host = http://localhost:3000
@baseUrl = {{host}}/api/v1

### List users
# All of them.
GET {{baseUrl}}/users?page=1 HTTP/1.1
Accept: application/json

HTTP/1.1 200 OK
Content-Type: application/json
Date: Sat, 28 Nov 2026 05:00:00 GMT
Content-Length: 12

[{"id": 1}]

###
# @name pageTwo
GET {{baseUrl}}/users
    ?page=2
    &size=10
Accept: application/json

HTTP/1.1 200 OK
Content-Type: application/json

[{"id": 11}]

### One user
GET {{baseUrl}}/users/{{userId}}
# a comment between headers
Authorization: Bearer x

> {%
client.test("ok", function() {});
%}
<> 2026-11-28T050000.200.json

###
// @name create
POST {{baseUrl}}/users
Content-Type: application/json

{
  "name": "Ada"
}

HTTP/1.1 201 Created
Location: /api/v1/users/7

made

### saved beside it
HTTP/1.1 409 - Twice

taken
### upload
POST {{baseUrl}}/upload

< ./logo.png
)";

} // namespace understudy::formats::httpfile
