// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/native.h"
#include "core/model/edit.h"

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

/// The reader of mock files takes anything; what it takes it writes and reads again as the same,
/// and edits keep the meaning.
namespace {

using namespace understudy;
using namespace understudy::formats;

void require(bool condition, const char *what, const std::string &text)
{
    if (condition)
        return;
    std::cerr << what << "\n" << text << "\n";
    std::abort();
}

void checkEdit(std::string_view text, const Server &server)
{
    Server after = server;
    after.name += "é\n";
    if (!after.items.empty())
        after.items.erase(after.items.begin());
    Endpoint added;
    added.path = "/added";
    added.id = makeEndpointId(after, added);
    added.responses.emplace_back().body = Body::text(" a\nb ");
    added.responses.back().id = "200";
    after.items.emplace_back(added);
    const std::string patched = native::patch(text, server, after);
    require(native::write(native::read(patched, {}).server) == native::write(after),
            "the edit was lost", patched);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char *>(data), size);
    const native::ReadOutcome read = native::read(text, "fuzz");
    if (!read.ok())
        return 0;
    const std::string written = native::write(read.server);
    const native::ReadOutcome again = native::read(written, "again");
    require(again.ok(), "the written text is not read", written);
    require(again.server == read.server, "the written text says something else", written);
    require(native::write(again.server) == written, "the written text is not stable", written);
    require(native::patch(text, read.server, read.server) == text, "an empty edit changed the text",
            text);
    checkEdit(text, read.server);
    return 0;
}
