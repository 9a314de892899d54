# Files that travel inside the program, so that an installed one needs no source folder.
#
# tocsin_embed(TARGET NAME FILES file... | PATTERN glob)
# Compiles the files into TARGET. NAME is lower_snake_case; sources of TARGET then
#     #include "embedded/NAME.hpp"
# and find tocsin::embedded::NAME(): the files by their names (without folders), sorted, with their bytes.
# A changed, added or removed file (of a PATTERN) is noticed by the next build.

if(CMAKE_SCRIPT_MODE_FILE AND CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
    # cmake -DNAME= -DFILES= -DOUT= -P Resources.cmake: writes the C++ source. Bytes are written as numbers, so that
    # any content goes through.
    set(arrays "")
    set(rows "")
    set(count 0)
    foreach(file IN LISTS FILES)
        get_filename_component(short "${file}" NAME)
        file(READ "${file}" hex HEX)
        string(LENGTH "${hex}" digits)
        math(EXPR size "${digits} / 2")
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
        string(APPEND arrays "constexpr char bytes${count}[] = {${bytes}'\\0'};\n")
        string(APPEND rows "    File{\"${short}\", std::string_view(bytes${count}, ${size})},\n")
        math(EXPR count "${count} + 1")
    endforeach()
    file(WRITE "${OUT}.new" "#include \"embedded/${NAME}.hpp\"

#include <array>

namespace tocsin::embedded {
namespace {
${arrays}
constexpr std::array<File, ${count}> files{{
${rows}}};
} // namespace
std::span<const File> ${NAME}() { return files; }
} // namespace tocsin::embedded
")
    file(RENAME "${OUT}.new" "${OUT}")
    return()
endif()

set(TOCSIN_RESOURCES_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

function(tocsin_embed TARGET NAME)
    cmake_parse_arguments(E "" "PATTERN" "FILES" ${ARGN})
    get_target_property(type ${TARGET} TYPE)
    if(type STREQUAL "INTERFACE_LIBRARY")
        return() # a layer without sources yet
    endif()
    set(files ${E_FILES})
    if(E_PATTERN)
        file(GLOB found CONFIGURE_DEPENDS "${E_PATTERN}")
        list(APPEND files ${found})
    endif()
    list(SORT files)
    if(NOT files)
        message(FATAL_ERROR "tocsin_embed(${TARGET} ${NAME}): no file")
    endif()
    set(folder "${CMAKE_BINARY_DIR}/embedded_sources")
    file(WRITE "${folder}/embedded/file.hpp.new" "#pragma once

#include <string_view>

namespace tocsin::embedded {
struct File {
    std::string_view name;
    std::string_view bytes;
};
} // namespace tocsin::embedded
")
    file(WRITE "${folder}/embedded/${NAME}.hpp.new" "#pragma once

#include \"embedded/file.hpp\"

#include <span>

namespace tocsin::embedded {
std::span<const File> ${NAME}();
} // namespace tocsin::embedded
")
    foreach(header file ${NAME})
        file(COPY_FILE "${folder}/embedded/${header}.hpp.new" "${folder}/embedded/${header}.hpp" ONLY_IF_DIFFERENT)
    endforeach()
    add_custom_command(
        OUTPUT "${folder}/${NAME}.cpp"
        COMMAND "${CMAKE_COMMAND}" "-DNAME=${NAME}" "-DFILES=${files}" "-DOUT=${folder}/${NAME}.cpp"
                -P "${TOCSIN_RESOURCES_SCRIPT}"
        DEPENDS ${files} "${TOCSIN_RESOURCES_SCRIPT}"
        COMMENT "Embedding ${NAME}" VERBATIM)
    target_sources(${TARGET} PRIVATE "${folder}/${NAME}.cpp")
    target_include_directories(${TARGET} PRIVATE "${folder}")
endfunction()
