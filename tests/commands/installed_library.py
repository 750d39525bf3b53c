# SPDX-License-Identifier: Apache-2.0
"""Installs the library into a folder of its own, builds README's example against it with README's CMake lines, and runs it.

    installed_library.py SOURCE BUILD COMPILER
"""
import pathlib
import subprocess
import sys
import tempfile

from readme_blocks import fenced

# What README leaves to its reader.
CLIENT = """
#include <cstdio>
#include <string>

inline int callYourClient(const std::string &url)
{
    const std::string command = "curl -s -o /dev/null -w '%{http_code}' '" + url + "'";
    std::FILE *pipe = popen(command.c_str(), "r");
    int status = 0;
    if (std::fscanf(pipe, "%d", &status) != 1)
        status = 0;
    pclose(pipe);
    return status;
}
"""


def main(source, build, compiler):
    readme = (pathlib.Path(source) / "README.md").read_text()
    cmake, code = fenced(readme, "cmake"), fenced(readme, "cpp")
    mock_file = next(block for block in fenced(readme, "yaml") if block.startswith("understudy: 1"))
    if len(cmake) != 1 or not code:
        print("README has %d blocks of CMake and %d of C++" % (len(cmake), len(code)))
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(Shop LANGUAGES CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
            'add_compile_options(-include "${CMAKE_SOURCE_DIR}/client.h")\n' + cmake[0])
        (folder / "client.h").write_text(CLIENT)
        (folder / "shop_test.cpp").write_text("\n".join(code))
        (folder / "shop.mock.yaml").write_text(mock_file)
        for command in [
            ["cmake", "--install", build, "--prefix", folder / "prefix"],
            ["cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", "-DCMAKE_CXX_COMPILER=" + compiler,
             "-DCMAKE_PREFIX_PATH=%s" % (folder / "prefix")],
            ["cmake", "--build", folder / "build"],
            [folder / "build/shop_test"],
        ]:
            done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                print(" ".join(map(str, command)), "\n", done.stdout)
                return 1
    print(done.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
