# Run by ctest as it starts: each suite of a test program becomes a test PREFIX.Suite. A program costs more to start than most
# cases take (the window's a quarter of a second, 480 times), so the cases of a suite share a process.

# tocsin_add_suites(PROGRAM PREFIX TIMEOUT)
function(tocsin_add_suites PROGRAM PREFIX TIMEOUT)
    if(NOT EXISTS "${PROGRAM}")
        add_test("${PREFIX}.NOT_BUILT" "${PROGRAM}") # ctest says that it is not there
        return()
    endif()
    execute_process(COMMAND "${PROGRAM}" --gtest_list_tests OUTPUT_VARIABLE listed RESULT_VARIABLE result TIMEOUT 60)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${PROGRAM} does not list its tests: ${result}")
    endif()
    string(REGEX REPLACE "[ \t]*#[^\n]*" "" listed "${listed}") # what a parameter looks like
    string(REPLACE "\n" ";" lines "${listed}")
    set(suite "")
    set(added FALSE)
    foreach(line IN LISTS lines)
        if(line MATCHES "^([^ ]+)\\.$")
            set(suite "${CMAKE_MATCH_1}")
            set(added FALSE)
        elseif(suite AND NOT added AND line MATCHES "^  [^ ]" AND NOT line MATCHES "^  DISABLED_")
            add_test("${PREFIX}.${suite}" "${PROGRAM}" "--gtest_filter=${suite}.*" --gtest_brief=1)
            set_tests_properties("${PREFIX}.${suite}" PROPERTIES TIMEOUT ${TIMEOUT})
            set(added TRUE)
        endif()
    endforeach()
endfunction()
