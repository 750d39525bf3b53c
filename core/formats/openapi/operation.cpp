// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/operation.h"

#include "core/base/text.h"

#include <algorithm>
#include <map>

namespace understudy::formats::openapi {

namespace {

using Rivals = std::vector<Operation *>;

/// The names of parameters that all have.
std::vector<std::string> commonNames(const Rivals &rivals)
{
    std::vector<std::string> out = namesInPath(rivals.front()->path);
    std::erase_if(out, [&](const std::string &name) {
        return std::any_of(rivals.begin(), rivals.end(), [&](const Operation *rival) {
            return rival->path.find("{" + name + "}") == std::string::npos;
        });
    });
    return out;
}

void narrowRivals(Document &document, const Rivals &rivals)
{
    const std::vector<std::string> common = commonNames(rivals);
    std::vector<std::vector<NarrowParameter>> narrow;
    for (const Operation *rival : rivals)
        narrow.push_back(
            narrowParameters(document, rival->at, rival->pathItem, rival->path, common));
    std::size_t open = rivals.size() - 1;
    for (std::size_t i = rivals.size(); i-- > 0;) {
        if (narrow[i].empty())
            open = i;
    }
    for (std::size_t i = 0; i < rivals.size(); ++i) {
        if (i == open || narrow[i].empty())
            continue;
        rivals[i]->narrow = narrow[i];
        document.changed(rivals[i]->subject(),
                         "another path differs from its own by the names of parameters alone; it "
                         "takes those requests that fit its types",
                         rivals[i]->at);
    }
}

} // namespace

std::string Operation::subject() const { return method + " " + text::shortened(path, 200); }

void tellApart(Document &document, std::vector<Operation> &operations)
{
    std::map<std::string, Rivals> byShape;
    for (Operation &operation : operations)
        byShape[operation.method + " " + shapeOfPath(operation.path)].push_back(&operation);
    for (const auto &[shape, rivals] : byShape) {
        if (rivals.size() > 1)
            narrowRivals(document, rivals);
    }
}

} // namespace understudy::formats::openapi
