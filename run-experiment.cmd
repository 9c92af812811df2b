@echo off
rem Builds FlowExp if something changed, then runs it: run-experiment FILE, or --help. The same as run-experiment, for Windows.
setlocal EnableExtensions
set "root=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "FLOWEXP_ROOT=%root%."

"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo error: there is no java; install a JDK 17 ^(for example: winget install EclipseAdoptium.Temurin.17.JDK^) 1>&2
  exit /b 3
)

rem What `package` wrote is built already.
if not exist "%root%pom.xml" if exist "%root%lib\flowexp.jar" (
  set "classes=-cp "%root%lib\*""
  goto run
)
set "classes="@%root%target\launcher.args""

rem Without the file of arguments, or if a source is newer: cmd cannot compare times, PowerShell can.
powershell -NoProfile -NonInteractive -Command ^
  "$stamp = Get-Item -ErrorAction SilentlyContinue ($env:root + 'target\launcher.args');" ^
  "if (-not $stamp) { exit 1 };" ^
  "$from = ('pom.xml', 'grammar', 'src\main') | ForEach-Object { $env:root + $_ };" ^
  "$newer = Get-ChildItem -Recurse -File $from | Where-Object { $_.LastWriteTime -gt $stamp.LastWriteTime } | Select-Object -First 1;" ^
  "if ($newer) { exit 1 }"
if not errorlevel 1 goto run

where mvn >nul 2>&1
if errorlevel 1 (
  echo error: there is no mvn; install Maven 3.8.7 or newer and put its bin folder on the PATH 1>&2
  exit /b 3
)
echo Building FlowExp ^(the first time also fetches TensorFlow, about 200 MB^) ... 1>&2
pushd "%root%"
call mvn -q -B -Dstyle.color=never -DskipTests process-classes 1>&2
if errorlevel 1 (
  popd
  echo error: the build failed, see above 1>&2
  exit /b 3
)
popd
rem The class path is longer than a line of cmd may be: java reads it from a file, where a backslash is written twice.
powershell -NoProfile -NonInteractive -Command ^
  "$path = $env:root + 'target\classes;' + (Get-Content -Raw ($env:root + 'target\runtime.classpath')).Trim();" ^
  "$line = '-cp ' + [char]34 + $path.Replace('\', '\\') + [char]34;" ^
  "[IO.File]::WriteAllText($env:root + 'target\launcher.args', $line)"
if errorlevel 1 exit /b 3

:run
if not defined TF_CPP_MIN_LOG_LEVEL set "TF_CPP_MIN_LOG_LEVEL=2"
set "compiler=-XX:TieredStopAtLevel=1"
if "%~1"=="lsp" set "compiler=-XX:+TieredCompilation"
"%java%" -XX:+UseSerialGC "%compiler%" -Xshare:auto -Dfile.encoding=UTF-8 %FLOWEXP_JAVA_OPTIONS% %classes% org.flowexp.cli.Main %*
exit /b %errorlevel%
