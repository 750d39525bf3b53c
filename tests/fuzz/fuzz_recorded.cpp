// SPDX-License-Identifier: Apache-2.0
// A HAR, a collection of Postman, Bruno or Insomnia, a file of requests, commands of curl or
// mappings of WireMock of a stranger: whatever they hold, the servers that come of them are valid,
// a mock file keeps them as they are, and other formats can be written.
#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/model/validate.h"

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace understudy;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    for (const std::string_view format :
         {"har", "postman", "bruno", "insomnia", "http", "curl", "wiremock"}) {
        const formats::LoadOutcome outcome
            = formats::loadText(text, "fuzz.txt", {.format = std::string(format)});
        for (const formats::LoadedServer &loaded : outcome.servers) {
            for (const Finding &finding : validate(loaded.server)) {
                std::cerr << finding.field << ": " << finding.message << "\n";
                std::abort();
            }
            const std::string written = formats::native::write(loaded.server);
            const auto read = formats::native::read(written, "written");
            if (!read.ok() || !(read.server == loaded.server)) {
                std::cerr << written << "\n";
                std::abort();
            }
            for (const std::string_view other : {"postman", "http", "curl", "wiremock", "mockoon"})
                (void)formats::exportServer(loaded.server, other);
        }
    }
    return 0;
}
