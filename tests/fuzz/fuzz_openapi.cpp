// SPDX-License-Identifier: Apache-2.0
// An OpenAPI document of a stranger: whatever it holds, the servers that come of it are valid, and
// a mock file keeps them as they are.
#include "core/formats/native/native.h"
#include "core/formats/openapi/openapi.h"
#include "core/model/validate.h"

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace understudy;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const formats::Source source(text, "fuzz.yaml");
    const formats::LoadOutcome outcome = formats::openapi::import(source);
    for (const formats::LoadedServer &loaded : outcome.servers) {
        for (const Finding &finding : validate(loaded.server)) {
            if (finding.severity == Severity::Error) {
                std::cerr << finding.field << ": " << finding.message << "\n";
                std::abort();
            }
        }
        const auto read = formats::native::read(formats::native::write(loaded.server), "written");
        if (!read.ok() || !(read.server == loaded.server)) {
            std::cerr << formats::native::write(loaded.server) << "\n";
            std::abort();
        }
    }
    return 0;
}
