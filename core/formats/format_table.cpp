// SPDX-License-Identifier: Apache-2.0
#include "core/formats/format_table.h"

#include "core/formats/bruno/bruno.h"
#include "core/formats/bruno/folder.h"
#include "core/formats/curl/curl.h"
#include "core/formats/har/har.h"
#include "core/formats/hoverfly/hoverfly.h"
#include "core/formats/httpfile/httpfile.h"
#include "core/formats/insomnia/insomnia.h"
#include "core/formats/json_server/json_server.h"
#include "core/formats/mockoon/export.h"
#include "core/formats/mockoon/mockoon.h"
#include "core/formats/mockserver/mockserver.h"
#include "core/formats/mountebank/export.h"
#include "core/formats/mountebank/mountebank.h"
#include "core/formats/native/native.h"
#include "core/formats/openapi/export.h"
#include "core/formats/openapi/openapi.h"
#include "core/formats/pact/pact.h"
#include "core/formats/postman/postman.h"
#include "core/formats/server_id.h"
#include "core/formats/wiremock/export.h"
#include "core/formats/wiremock/wiremock.h"
#include "core/formats/wsdl/wsdl.h"
#include "core/model/edit.h"

#include <algorithm>
#include <array>

namespace understudy::formats {

namespace {

constexpr std::string_view kNative = "native";
constexpr std::string_view kMockoon = "mockoon";

bool recogniseNative(const Source &source) { return hasMockEnding(source.file()); }

LoadOutcome readNative(const Source &source)
{
    native::ReadOutcome read = native::read(source.text(), source.file().string());
    LoadOutcome outcome;
    if (!read.ok()) {
        outcome.errors = std::move(read.problems);
        return outcome;
    }
    outcome.servers.push_back(
        {std::move(read.server), kNative, source.file(), std::move(read.problems)});
    return outcome;
}

Result<Exported> writeNative(const Server &server, const std::filesystem::path &)
{
    Server copy = server;
    assignIds(copy);
    return Exported{native::write(copy), {}};
}

bool recogniseMockoon(const Source &source) { return mockoon::recognise(source.text()); }

LoadOutcome readMockoon(const Source &source)
{
    return mockoon::import(source.text(), source.file());
}

const std::array kFormats{
    FormatRow{.info = {kNative, "Understudy mock file", "*.mock.yaml, *.mock.yml, *.mock.json",
                       "everything"},
              .recognise = recogniseNative,
              .read = readNative,
              .write = writeNative},
    FormatRow{.info = {kMockoon, "Mockoon environment", "*.json",
                       "all but WebSocket routes, proxy and Mockoon's own settings"},
              .recognise = recogniseMockoon,
              .read = readMockoon,
              .write = mockoon::write},
    FormatRow{.info = {"wiremock", "WireMock mappings", "*.json",
                       "all but Java extensions and proxies; also a folder with mappings"},
              .recognise = wiremock::recognise,
              .read = wiremock::import,
              .recogniseFolder = wiremock::recogniseFolder,
              .readFolder = wiremock::importFolder,
              .write = wiremock::write},
    FormatRow{.info = {"mountebank", "mountebank imposters", "*.json",
                       "http and https: predicates, answers in turn, waits; not JavaScript, "
                       "proxies and other protocols"},
              .recognise = mountebank::recognise,
              .read = mountebank::import,
              .write = mountebank::write},
    FormatRow{.info = {"openapi", "OpenAPI document", "*.yaml, *.yml, *.json",
                       "operations and what they answer; checks of requests with --check-requests"},
              .recognise = openapi::recognise,
              .read = openapi::import,
              .write = openapi::write},
    FormatRow{.info = {"postman", "Postman collection", "*.postman_collection.json",
                       "requests and saved examples; not scripts and auth"},
              .recognise = postman::recognise,
              .read = postman::import,
              .write = postman::write},
    FormatRow{.info = {"bruno", "Bruno collection", "*.bru, *.json",
                       "requests and saved examples; not scripts and auth; also a folder"},
              .recognise = bruno::recognise,
              .read = bruno::import,
              .recogniseFolder = bruno::recogniseFolder,
              .readFolder = bruno::importFolder},
    FormatRow{.info = {"insomnia", "Insomnia export", "*.yaml, *.yml, *.json",
                       "requests, and mock routes with their answers; not scripts and auth"},
              .recognise = insomnia::recognise,
              .read = insomnia::import},
    FormatRow{.info
              = {"har", "HAR (HTTP archive)", "*.har",
                 "requests and answers, as endpoints; recorded times as x-har-wait or latency"},
              .recognise = har::recognise,
              .read = har::import},
    FormatRow{.info = {"http", "HTTP request file", "*.http, *.rest",
                       "requests and saved answers; out: what the first answer asks for"},
              .recognise = httpfile::recognise,
              .read = httpfile::import,
              .write = httpfile::write},
    FormatRow{.info = {"curl", "curl command lines", "*.sh, *.txt",
                       "methods and paths; out: what the first answer asks for"},
              .recognise = curl::recognise,
              .read = curl::import,
              .write = curl::write},
    FormatRow{.info = {"mockserver", "MockServer expectations", "*.json",
                       "requests and answers; not forwarding, templates and Java"},
              .recognise = mockserver::recognise,
              .read = mockserver::import},
    FormatRow{.info = {"hoverfly", "Hoverfly simulation", "*.json",
                       "pairs of requests and responses; not middleware and hooks"},
              .recognise = hoverfly::recognise,
              .read = hoverfly::import},
    FormatRow{.info = {"pact", "Pact contract", "*.json",
                       "interactions over HTTP with their matching rules; not messages"},
              .recognise = pact::recognise,
              .read = pact::import},
    FormatRow{.info = {"wsdl", "WSDL 1.1 description", "*.wsdl",
                       "operations of SOAP 1.1 and 1.2, with answers made from the schema"},
              .recognise = wsdl::recognise,
              .read = wsdl::import},
    // Last: data of this kind says little of itself.
    FormatRow{.info = {"json-server", "json-server data", "db.json, *.json",
                       "lists and objects as buckets with their operations; not relations"},
              .recognise = json_server::recognise,
              .read = json_server::import},
};

} // namespace

std::span<const FormatRow> formatTable() { return kFormats; }

const FormatRow *findFormat(std::string_view id)
{
    const auto found = std::find_if(kFormats.begin(), kFormats.end(),
                                    [&](const FormatRow &row) { return row.info.id == id; });
    return found == kFormats.end() ? nullptr : &*found;
}

LoadOutcome failed(Error error)
{
    LoadOutcome outcome;
    outcome.errors.push_back({Severity::Error, std::move(error)});
    return outcome;
}

LoadOutcome succeeded(LoadedServer loaded)
{
    LoadOutcome outcome;
    outcome.servers.push_back(std::move(loaded));
    return outcome;
}

} // namespace understudy::formats
