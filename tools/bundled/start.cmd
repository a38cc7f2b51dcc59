@echo off
rem Installs Dabir beside this script on the first start, without a network, and runs it: start.cmd [COMMAND ...]
setlocal
set "HERE=%~dp0"
set "VENV=%HERE%venv"
if exist "%VENV%\installed" goto run
if defined PYTHON goto install
for %%V in (3.13 3.12 3.11) do (
    if not defined PYTHON py -%%V -c "" >nul 2>nul && set "PYTHON=py -%%V"
)
if not defined PYTHON (
    python -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))" >nul 2>nul && set "PYTHON=python"
)
if not defined PYTHON (
    echo Python 3.11, 3.12 or 3.13 is needed; set PYTHON to name it. 1>&2
    exit /b 2
)
:install
if exist "%VENV%" rmdir /s /q "%VENV%"
%PYTHON% -m venv --without-pip "%VENV%" || exit /b 2
for %%W in ("%HERE%wheels\pip-*.whl") do set "PIP=%%~fW\pip"
set "PIP_ARGS=--isolated --disable-pip-version-check"
"%VENV%\Scripts\python.exe" "%PIP%" %PIP_ARGS% install -q --no-index --find-links "%HERE%wheels" --require-hashes -r "%HERE%requirements.txt" || exit /b 2
for %%W in ("%HERE%wheels\dabir-*.whl") do (
    "%VENV%\Scripts\python.exe" "%PIP%" %PIP_ARGS% install -q --no-index --no-deps "%%~fW" || exit /b 2
)
echo. > "%VENV%\installed"
:run
if not defined DABIR_HOME set "DABIR_HOME=%HERE%var"
if "%~1"=="" (
    "%VENV%\Scripts\dabir.exe" serve
) else (
    "%VENV%\Scripts\dabir.exe" %*
)
