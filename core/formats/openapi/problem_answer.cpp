// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/problem_answer.h"

#include "core/base/json_text.h"

namespace understudy::formats::openapi {

Response problemAnswer(int status, std::string_view title, std::string_view detail)
{
    Response out;
    out.name = title;
    out.status = status;
    out.headers.push_back({"Content-Type", "application/problem+json"});
    out.isTemplate = true;
    out.body
        = Body::text("{\n  \"title\": " + writeJson(JsonValue(title)) + ",\n  \"status\": "
                     + std::to_string(status) + ",\n  \"detail\": " + writeJson(JsonValue(detail))
                     + ",\n  \"violations\": {{json violations}}\n}\n");
    return out;
}

} // namespace understudy::formats::openapi
