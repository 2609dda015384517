"""Which folders a wheel carries, and by which names: generator/ as the package NAME, and layouts/ as data inside it."""

from setuptools import find_packages, setup

NAME = "leafletpress"

setup(
    packages=[NAME + package.removeprefix("generator") for package in find_packages(include=["generator*"])]
    + [f"{NAME}.layouts"],
    package_dir={NAME: "generator", f"{NAME}.layouts": "layouts"},
    package_data={"": ["**/*"]},
    exclude_package_data={"": ["**/*.pyc"]},
)
