// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Base} from "../support/Base.sol";
import {Numbers, RulesBuilder} from "../support/RulesBuilder.sol";
import {vm} from "../support/Vm.sol";

/// @notice Reads terms and offers out of golden files.
abstract contract GoldenReader is Base {
    uint256 internal constant VECTORS = 20;

    function _readTerms(string memory json, string memory path) internal pure returns (Terms memory t) {
        t.seller = vm.parseJsonAddress(json, string.concat(path, ".seller"));
        t.buyer = vm.parseJsonAddress(json, string.concat(path, ".buyer"));
        t.token = vm.parseJsonAddress(json, string.concat(path, ".token"));
        t.price = _uint(json, path, ".price");
        t.arbiter = vm.parseJsonAddress(json, string.concat(path, ".arbiter"));
        t.operator = vm.parseJsonAddress(json, string.concat(path, ".operator"));
        t.rules = RulesBuilder.pack(_readNumbers(json, path));
        t.itemHash = vm.parseJsonBytes32(json, string.concat(path, ".itemHash"));
        t.salt = uint64(_uint(json, path, ".salt"));
    }

    function _readNumbers(string memory json, string memory path) private pure returns (Numbers memory n) {
        n.operatorFeeBps = uint16(_uint(json, path, ".operatorFeeBps"));
        n.arbiterFeeBps = uint16(_uint(json, path, ".arbiterFeeBps"));
        n.silentAwardBps = uint16(_uint(json, path, ".silentAwardBps"));
        n.depositBps = uint16(_uint(json, path, ".depositBps"));
        n.fundingSeconds = uint32(_uint(json, path, ".fundingSeconds"));
        n.shipSeconds = uint32(_uint(json, path, ".shipSeconds"));
        n.deliverySeconds = uint32(_uint(json, path, ".deliverySeconds"));
        n.inspectionSeconds = uint32(_uint(json, path, ".inspectionSeconds"));
        n.rulingSeconds = uint32(_uint(json, path, ".rulingSeconds"));
    }

    function _readOffer(string memory json, string memory path) internal pure returns (Offer memory o) {
        o.terms = _readTerms(json, string.concat(path, ".terms"));
        o.expiry = uint40(_uint(json, path, ".expiry"));
        o.counter = _uint(json, path, ".counter");
        o.nonce = uint8(_uint(json, path, ".nonce"));
        o.quantity = uint32(_uint(json, path, ".quantity"));
    }

    /// @dev Puts us on the vector's chain, with the escrow at the vector's address.
    function _enter(string memory json, string memory path) internal returns (IEscrow there) {
        vm.chainId(_uint(json, path, ".chainId"));
        there = IEscrow(vm.parseJsonAddress(json, string.concat(path, ".escrow")));
        vm.etch(address(there), address(escrow).code);
    }

    function _uint(string memory json, string memory path, string memory key) internal pure returns (uint256) {
        return vm.parseJsonUint(json, string.concat(path, key));
    }

    function _at(string memory list, uint256 i) internal pure returns (string memory) {
        return string.concat(list, "[", _decimal(i), "]");
    }

    function _decimal(uint256 value) private pure returns (string memory) {
        bytes1 last = bytes1(uint8(48 + value % 10));
        return value < 10
            ? string(abi.encodePacked(last))
            : string(abi.encodePacked(_decimal(value / 10), last));
    }
}
