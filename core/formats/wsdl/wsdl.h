// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Descriptions of SOAP services: WSDL 1.1 with bindings of SOAP 1.1 and 1.2.
namespace understudy::formats::wsdl {

bool recognise(const Source &source);
/// One server with an endpoint for each operation of each port. Imports are files in the folder of
/// the description and below.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::wsdl
