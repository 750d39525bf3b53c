// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/request_checks.h"

#include "core/formats/openapi/body_checks.h"
#include "core/formats/openapi/parameter_checks.h"
#include "core/formats/openapi/problem_answer.h"
#include "core/formats/openapi/security_checks.h"
#include "core/formats/rule_parts.h"

#include <optional>

namespace understudy::formats::openapi {

namespace {

/// The status that the operation documents for it, as clients expect that.
int statusForInvalid(Document &document, Element operation)
{
    const Element responses = document.child(operation, "responses");
    return !responses.at("422") && responses.at("400") ? 400 : 422;
}

} // namespace

std::vector<Response> refusals(const MakingOf &with, const OperationPlace &place,
                               const std::string &subject)
{
    std::vector<Response> out;
    if (std::optional<Response> stranger = refusalOfStrangers(with.document, place.operation))
        out.push_back(*std::move(stranger));
    std::vector<Rule> wanted = parameterRules(with.document, place.operation, place.pathItem);
    for (Rule &rule : bodyRules(with, place, subject))
        wanted.push_back(std::move(rule));
    if (wanted.empty())
        return out;
    const int status = statusForInvalid(with.document, place.operation);
    Response invalid = problemAnswer(status, "Invalid request",
                                     "The request is not what the description of the operation "
                                     "allows.");
    invalid.id = "invalid-request";
    std::vector<Rule> all;
    all.push_back(allOf(std::move(wanted)));
    invalid.when = noneOf(std::move(all));
    out.push_back(std::move(invalid));
    return out;
}

} // namespace understudy::formats::openapi
