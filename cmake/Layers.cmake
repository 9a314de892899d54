# The layers, lowest first. A layer sees what it DEPENDS on and nothing above: tests/structure checks the includes
# against the very same declaration, which tocsin_layer() writes to layers.txt in the build folder.

set(TOCSIN_LAYERS_FILE "${CMAKE_BINARY_DIR}/layers.txt")
file(WRITE "${TOCSIN_LAYERS_FILE}" "")

add_library(tocsin_options INTERFACE)
target_compile_features(tocsin_options INTERFACE cxx_std_20)
target_compile_options(tocsin_options INTERFACE -Wall -Wextra -Wpedantic -Werror -Wnon-virtual-dtor -Wold-style-cast
                                                -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 sees uninitialised strings inside moved std::string and std::optional members where there are none.
    target_compile_options(tocsin_options INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(TOCSIN_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A local name may be a neighbour's, and a source that is included looks like a header.
    target_compile_options(tocsin_options INTERFACE -Wshadow=local -Wno-subobject-linkage)
else()
    target_compile_options(tocsin_options INTERFACE -Wshadow)
endif()
if(TOCSIN_SANITIZE)
    target_compile_options(tocsin_options INTERFACE -fsanitize=${TOCSIN_SANITIZE} -fno-omit-frame-pointer
                                                    -fno-sanitize-recover=all)
    target_link_options(tocsin_options INTERFACE -fsanitize=${TOCSIN_SANITIZE})
    if(TOCSIN_SANITIZE MATCHES "thread")
        target_compile_options(tocsin_options INTERFACE -Wno-error=tsan)
    endif()
endif()

# What moc needs stands in the header itself. Without the folders of headers it does not read all that is included, and is done
# in a fraction of the time.
get_target_property(moc Qt6::moc IMPORTED_LOCATION)
if(NOT moc)
    get_target_property(moc Qt6::moc IMPORTED_LOCATION_NONE)
endif()
set(TOCSIN_MOC "${CMAKE_BINARY_DIR}/moc")
file(CONFIGURE OUTPUT "${TOCSIN_MOC}" @ONLY CONTENT "#!/bin/sh
for word; do
    shift
    case $word in -I*) ;; *) set -- \"$@\" \"$word\" ;; esac
done
exec '${moc}' \"$@\"
")
file(CHMOD "${TOCSIN_MOC}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# tocsin_unity(TARGET source...): compiles several sources as one where they may be, in half of the time. After an edit that
# gives two of them one name ("redefinition"), configure again, or build with -DTOCSIN_UNITY=OFF.
function(tocsin_unity TARGET)
    if(NOT TOCSIN_UNITY)
        return()
    endif()
    execute_process(COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/cmake/unity_groups.py" ${ARGN}
                    OUTPUT_VARIABLE lines OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" parts "${lines}")
    while(parts)
        list(POP_FRONT parts group source)
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${group}")
    endwhile()
    set_target_properties(${TARGET} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# tocsin_layer(NAME [QT] DEPENDS layer... LIBS target...)
# Compiles src/NAME/*.cpp into the static library tocsin_NAME. QT runs moc, uic and rcc over it.
function(tocsin_layer NAME)
    cmake_parse_arguments(L "QT" "" "DEPENDS;LIBS;PRIVATE_LIBS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${NAME}/*.cpp")
    if(L_QT)
        file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${NAME}/*.cpp")
    endif()
    list(FILTER sources EXCLUDE REGEX "/src/app/(main|allocator)\\.cpp$")
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/tocsin/${NAME}/*.hpp"
                                                "${PROJECT_SOURCE_DIR}/src/${NAME}/*.hpp")
    string(JOIN " " deps ${L_DEPENDS})
    file(APPEND "${TOCSIN_LAYERS_FILE}" "${NAME}: ${deps}\n")
    set(targets)
    foreach(dep IN LISTS L_DEPENDS)
        list(APPEND targets tocsin_${dep})
    endforeach()
    if(sources)
        add_library(tocsin_${NAME} STATIC ${sources} ${headers})
        tocsin_unity(tocsin_${NAME} ${sources})
        target_include_directories(tocsin_${NAME} PUBLIC "${PROJECT_SOURCE_DIR}/include"
                                                  PRIVATE "${PROJECT_SOURCE_DIR}/src")
        target_link_libraries(tocsin_${NAME} PUBLIC tocsin_options ${targets} ${L_LIBS} PRIVATE ${L_PRIVATE_LIBS})
        if(NAME MATCHES "^(gui|county|drill)$")
            # Windows and tables wait for a person: compiled in three quarters of the time, and nobody sees the difference.
            target_compile_options(tocsin_${NAME} PRIVATE $<$<CONFIG:Release>:-O1>)
        endif()
        if(L_QT)
            set_target_properties(tocsin_${NAME} PROPERTIES AUTOMOC ON AUTOMOC_EXECUTABLE "${TOCSIN_MOC}" AUTOUIC ON AUTORCC ON
                                                           AUTOUIC_SEARCH_PATHS "${PROJECT_SOURCE_DIR}/ui")
        endif()
    else()
        add_library(tocsin_${NAME} INTERFACE)
        target_include_directories(tocsin_${NAME} INTERFACE "${PROJECT_SOURCE_DIR}/include")
        target_link_libraries(tocsin_${NAME} INTERFACE tocsin_options ${targets} ${L_LIBS})
    endif()
endfunction()

set(TOCSIN_TEST_TIMEOUT 600)
if(TOCSIN_SANITIZE)
    set(TOCSIN_TEST_TIMEOUT 3000)
endif()

# tocsin_layer_tests(NAME [QT] LIBS target...): tests/NAME/*_test.cpp become the test program NAME_tests.
function(tocsin_layer_tests NAME)
    cmake_parse_arguments(L "QT" "" "LIBS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/${NAME}/*.cpp")
    if(NOT sources)
        return()
    endif()
    add_executable(${NAME}_tests ${sources})
    tocsin_unity(${NAME}_tests ${sources})
    target_include_directories(${NAME}_tests PRIVATE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/tests")
    target_compile_definitions(${NAME}_tests PRIVATE TOCSIN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                                     TOCSIN_BINARY="$<TARGET_FILE_DIR:${NAME}_tests>/../tocsin")
    target_link_libraries(${NAME}_tests PRIVATE tocsin_${NAME} ${L_LIBS} GTest::gtest GTest::gmock)
    # What is tested is compiled as it is delivered; the tests themselves are compiled in half of the time, without optimising.
    target_compile_options(${NAME}_tests PRIVATE $<$<CONFIG:Release>:-O0>)
    if(L_QT)
        set_target_properties(${NAME}_tests PROPERTIES AUTOMOC ON AUTOMOC_EXECUTABLE "${TOCSIN_MOC}")
    else()
        target_link_libraries(${NAME}_tests PRIVATE GTest::gtest_main)
    endif()
    set_target_properties(${NAME}_tests PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    # ctest runs the program suite by suite.
    set(suites "${CMAKE_CURRENT_BINARY_DIR}/${NAME}_suites.cmake")
    file(GENERATE OUTPUT "${suites}" CONTENT
"include(\"${PROJECT_SOURCE_DIR}/cmake/TestSuites.cmake\")
tocsin_add_suites(\"$<TARGET_FILE:${NAME}_tests>\" ${NAME} ${TOCSIN_TEST_TIMEOUT})
")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${suites}")
endfunction()

# Each public header must compile alone. Those that come first in a source do so already, and what comes first in those; the
# others get a translation unit of their own.
function(tocsin_header_check)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/*.cpp" "${PROJECT_SOURCE_DIR}/tests/*.cpp")
    set(shown)
    foreach(source IN LISTS sources)
        set(file "${source}")
        while(file)
            file(STRINGS "${file}" includes REGEX "^#include" LIMIT_COUNT 1)
            set(file)
            if(includes MATCHES "\"(tocsin/.*)\"" AND NOT CMAKE_MATCH_1 IN_LIST shown)
                list(APPEND shown "${CMAKE_MATCH_1}")
                set(file "${PROJECT_SOURCE_DIR}/include/${CMAKE_MATCH_1}")
            endif()
        endwhile()
    endforeach()
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/include"
         "${PROJECT_SOURCE_DIR}/include/tocsin/*.hpp")
    list(REMOVE_ITEM headers ${shown})
    set(units)
    foreach(header IN LISTS headers)
        string(MAKE_C_IDENTIFIER "${header}" id)
        set(unit "${CMAKE_BINARY_DIR}/header_check/${id}.cpp")
        if(NOT EXISTS "${unit}")
            file(WRITE "${unit}" "#include \"${header}\"\n")
        endif()
        list(APPEND units "${unit}")
    endforeach()
    add_library(header_check OBJECT ${units})
    target_link_libraries(header_check PRIVATE ${ARGN})
endfunction()
