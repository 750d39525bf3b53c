// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/wsdl/documents.h"
#include "core/model/server.h"

#include <vector>

namespace understudy::formats::wsdl {

/// An endpoint for each operation of the ports that speak SOAP, in the order of the description.
std::vector<Endpoint> readOperations(const Documents &documents, Notes &notes);

} // namespace understudy::formats::wsdl
